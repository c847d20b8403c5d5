/** Every text of the console, Japanese and English. A missing language is a compile error. */

export type Language = 'ja' | 'en'
export type Text = Record<Language, string>

const table = {
  appName: { ja: 'つばき', en: 'Tsubaki' },
  appSubtitle: { ja: '五島ドローン配送', en: 'Goto Islands drone delivery' },
  otherLanguage: { ja: 'English', en: '日本語' },
  signOut: { ja: '終了', en: 'Sign out' },
  clinic: { ja: '診療所', en: 'Clinic' },
  operator: { ja: '運航担当', en: 'Operator' },
  serviceTime: { ja: '日本時間', en: 'Japan time' },

  signIn: { ja: 'はじめる', en: 'Sign in' },
  signInHint: { ja: '町から受け取ったキーを入力してください。', en: 'Enter the key you received from your town.' },
  key: { ja: 'アクセスキー', en: 'Access key' },
  keyRefused: { ja: 'キーが正しくありません。', en: 'This key is not valid.' },

  live: { ja: 'ライブ', en: 'Live' },
  connecting: { ja: '接続中…', en: 'Connecting…' },
  reconnecting: { ja: '再接続中…', en: 'Reconnecting…' },
  offline: { ja: 'サーバーに接続できません。', en: 'The server cannot be reached.' },
  tryAgain: { ja: 'しばらくしてもう一度お試しください。', en: 'Please try again in a moment.' },
  close: { ja: '閉じる', en: 'Close' },

  requests: { ja: '依頼', en: 'Requests' },
  openCount: { ja: '件 対応中', en: 'open' },
  finished: { ja: '終わった依頼', en: 'Finished' },
  noRequests: { ja: '対応中の依頼はありません', en: 'No open requests' },
  noRequestsHint: { ja: '新しい依頼はここに表示されます。', en: 'New requests appear here.' },
  departure: { ja: '{site}発', en: 'from {site}' },
  byRoad: { ja: '陸路', en: 'by road' },
  deadline: { ja: '期限', en: 'Needed by' },
  requestedBy: { ja: '依頼者', en: 'Requested by' },
  drone: { ja: '機体', en: 'Drone' },
  arrivesIn: { ja: '到着まで', en: 'Arrives in' },
  arrivesAt: { ja: '到着予定', en: 'Expected' },
  anyMoment: { ja: 'まもなく', en: 'Any moment' },
  late: { ja: '期限に遅れる見込み', en: 'Expected after the deadline' },

  stepSubmitted: { ja: '受付', en: 'Request' },
  stepPlanned: { ja: '計画', en: 'Plan' },
  stepLoaded: { ja: '積込', en: 'Loading' },
  stepInFlight: { ja: '飛行中', en: 'Flight' },
  stepDelivered: { ja: 'お届け', en: 'Delivery' },
  stepReceived: { ja: '受領', en: 'Receipt' },

  stateSubmitted: { ja: '受け付けました', en: 'Request received' },
  stateAccepted: { ja: '飛行計画を作成しています', en: 'Planning the flight' },
  statePlanned: { ja: '計画ができました', en: 'Flight planned' },
  stateWaitingApproval: { ja: '承認を待っています', en: 'Waiting for approval' },
  stateWaitingLoading: { ja: '荷物の積込を待っています', en: 'Waiting to be loaded' },
  stateLoaded: { ja: '離陸の準備をしています', en: 'Preparing for take-off' },
  stateInFlight: { ja: '飛行中です', en: 'On the way' },
  stateDelivering: { ja: 'まもなくお届けします', en: 'Arriving now' },
  stateDelivered: { ja: 'お届けしました', en: 'Delivered' },
  stateReceived: { ja: '受け取り済みです', en: 'Received' },
  stateRejected: { ja: 'お受けできませんでした', en: 'Could not be accepted' },
  stateCancelled: { ja: '取り消しました', en: 'Cancelled' },
  stateReturned: { ja: '荷物は出発地に戻りました', en: 'Returned to the sender' },
  stateHandedOver: { ja: 'フェリーに引き継ぎました', en: 'Handed over to the ferry' },
  stateFailed: { ja: 'お届けできませんでした', en: 'Could not be delivered' },

  sortiePlanned: { ja: '承認待ち', en: 'Awaiting approval' },
  sortieApproved: { ja: '承認済み', en: 'Approved' },
  sortieUploading: { ja: '計画を送信中', en: 'Sending the plan' },
  sortieVerified: { ja: '計画を照合済み', en: 'Plan verified' },
  sortieLaunched: { ja: '離陸', en: 'Taking off' },
  sortieEnroute: { ja: '往路', en: 'Outbound' },
  sortieDelivering: { ja: 'お届け中', en: 'Delivering' },
  sortieReturning: { ja: '復路', en: 'Returning' },
  sortieLanded: { ja: '着陸', en: 'Landed' },
  sortieClosed: { ja: '完了', en: 'Closed' },
  sortieHeld: { ja: '待機中', en: 'Holding' },
  sortieDiverted: { ja: '代替地へ', en: 'Diverted' },
  sortieAborted: { ja: '中止', en: 'Aborted' },
  sortieLost: { ja: '通信途絶', en: 'Lost' },

  approve: { ja: '飛行を承認する', en: 'Approve flight' },
  confirmLoaded: { ja: '積込が終わりました', en: 'Loading done' },
  callBack: { ja: '引き返す', en: 'Return to base' },
  callBackQuestion: { ja: '荷物を届けずに引き返しますか?', en: 'Return without delivering?' },
  callBackHint: { ja: '承認済みの復路を通って出発地に戻ります。', en: 'The drone flies home along its proved way back.' },
  confirmReceipt: { ja: '受け取りました', en: 'I have received it' },
  cancelRequest: { ja: '依頼を取り消す', en: 'Cancel request' },
  cancelQuestion: { ja: 'この依頼を取り消しますか?', en: 'Cancel this request?' },
  cancelReason: { ja: '不要になったため', en: 'No longer needed' },
  keep: { ja: 'やめる', en: 'Keep it' },

  distance: { ja: '距離(往復)', en: 'Distance, round trip' },
  duration: { ja: '飛行時間', en: 'Flight time' },
  energy: { ja: '電力', en: 'Energy' },
  reserve: { ja: '予備', en: 'Reserve' },
  zoneClearance: { ja: '禁止区域まで', en: 'To nearest zone' },
  coastClearance: { ja: '海岸まで', en: 'To nearest coast' },
  noZoneNear: { ja: '該当なし', en: 'None near' },
  planHash: { ja: '計画番号', en: 'Plan hash' },
  proved: { ja: '往路・復路とも検証済み', en: 'Way out and way home proved' },

  newRequest: { ja: '新しい依頼', en: 'New request' },
  toWhere: { ja: '届け先', en: 'Deliver to' },
  fromWhere: { ja: '出発地', en: 'Send from' },
  change: { ja: '変更', en: 'Change' },
  what: { ja: '何を', en: 'What' },
  otherItems: { ja: 'くわしく(任意)', en: 'Details (optional)' },
  mass: { ja: '重さ', en: 'Weight' },
  otherMass: { ja: 'その他 (kg)', en: 'Other (kg)' },
  temperature: { ja: '温度', en: 'Temperature' },
  urgency: { ja: '急ぎ', en: 'Urgency' },
  untilWhen: { ja: 'いつまで', en: 'Needed by' },
  send: { ja: '依頼する', en: 'Send request' },
  sending: { ja: '送信中…', en: 'Sending…' },

  ambient: { ja: '常温', en: 'Room' },
  cold: { ja: '冷蔵', en: 'Cold' },
  frozen: { ja: '冷凍', en: 'Frozen' },
  ambientRange: { ja: '1〜30℃', en: '1–30 °C' },
  coldRange: { ja: '2〜8℃', en: '2–8 °C' },
  frozenRange: { ja: '−20℃以下', en: '−20 °C or below' },
  routine: { ja: '通常', en: 'Routine' },
  urgent: { ja: '至急', en: 'Urgent' },
  emergency: { ja: '緊急', en: 'Emergency' },

  itemMedicine: { ja: '処方薬', en: 'Medicine' },
  itemColdMedicine: { ja: '冷蔵の薬', en: 'Cold medicine' },
  itemVaccine: { ja: 'ワクチン', en: 'Vaccine' },
  itemBlood: { ja: '輸血用血液', en: 'Blood' },
  itemSample: { ja: '検体', en: 'Samples' },
  itemSupplies: { ja: '医療材料', en: 'Supplies' },

  map: { ja: '地図', en: 'Map' },
  mapUnavailable: { ja: 'この端末では地図を表示できません。依頼は一覧で確認できます。', en: 'This device cannot draw the map. Requests are in the list.' },
  wholeArea: { ja: '全体を表示', en: 'Show whole area' },
  legend: { ja: '凡例', en: 'Legend' },
  keepOut: { ja: '飛行禁止', en: 'Keep out' },
  overhead: { ja: '上空のみ禁止', en: 'Keep out above' },
  keepIn: { ja: '飛行範囲', en: 'Keep in' },
  caution: { ja: '注意', en: 'Caution' },
  corridor: { ja: '飛行回廊', en: 'Corridor' },
  approach: { ja: '進入路', en: 'Approach' },
  closed: { ja: '閉鎖中', en: 'closed' },
  wayOut: { ja: '往路', en: 'Way out' },
  wayHome: { ja: '復路', en: 'Way home' },
  flown: { ja: '飛行した跡', en: 'Flown track' },
  altitude: { ja: '高度', en: 'Altitude' },
  amsl: { ja: '海抜', en: 'above sea' },
  agl: { ja: '地面・海面から', en: 'above ground or sea' },
  width: { ja: '幅', en: 'Width' },
  hub: { ja: '拠点', en: 'Hub' },
  pad: { ja: '発着場', en: 'Drone pad' },
  roadSite: { ja: '陸路で受け渡し', en: 'Served by road' },

  fleet: { ja: '機体', en: 'Drones' },
  battery: { ja: '電池', en: 'Battery' },
  idle: { ja: '待機', en: 'Ready' },
  landing: { ja: '着陸中', en: 'Landing' },
  onGround: { ja: '地上', en: 'On ground' },
  noLink: { ja: '通信なし', en: 'No link' },
} as const satisfies Record<string, Text>

export type TextKey = keyof typeof table

/** A translator bound to one language. */
export type Translate = (key: TextKey) => string

export function translator(language: Language): Translate {
  return (key) => table[key][language]
}

/** Names that come from the data in both languages. */
export interface Named {
  name_ja: string
  name_en: string
}

export function nameOf(named: Named, language: Language): string {
  return (language === 'ja' ? named.name_ja : named.name_en) || named.name_ja || named.name_en
}

/** A name without what is added in brackets at its end: "Tomie Hospital (55 beds)" is too long for a label. */
export function shortNameOf(named: Named, language: Language): string {
  return nameOf(named, language).replace(/\s*\([^()]*\)$/, '')
}
